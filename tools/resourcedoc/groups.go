package main

// group is a set of attributes with one purpose, in the page's order. Those
// that a kind doesn't have are omitted; every attribute must be in one group.
type group struct {
	title string
	text  string // under the title, if it needs one
	names []string
}

// requiredTitle is the group of what Debezium requires: a kind's required
// attributes move here from their usual groups.
const requiredTitle = "Required by Debezium"

const requiredText = "No connector of the newest version starts without these; a plan names what is missing. " +
	"To Terraform they are optional, since other versions may require others: what has no attribute there stands in `config`."

var groups = []group{
	{title: "Required", names: []string{"name", "connector_class"}},
	{title: "Connection", names: []string{
		"database_hostname", "database_port", "database_url", "database_user",
		"database_dbname", "database_pdb_name", "database_names", "database_schema",
		"database_sslmode", "database_ssl_mode", "database_encrypt", "secure",
		"database_connection_adapter", "db2_platform", "from_ccsid", "to_ccsid",
		"mongodb_user", "mongodb_authsource", "mongodb_ssl_enabled",
		"vitess_keyspace", "vitess_shard", "vitess_tablet_type",
		"gcp_spanner_project_id", "gcp_spanner_instance_id", "gcp_spanner_database_id", "gcp_spanner_change_stream",
		"gcp_spanner_credentials_path", "gcp_spanner_database_role", "gcp_spanner_emulator_host",
		"connection_url", "connection_username", "connection_pool_min_size", "connection_pool_max_size", "connection_restart_on_errors",
		"sink_database",
	}},
	{title: "Secrets", text: "A secret that the configuration doesn't mention is left on the server as it is. More is in [Where secrets are kept](../guides/secrets.md).", names: []string{
		"database_password", "database_password_wo", "database_password_wo_version",
		"connection_password", "connection_password_wo", "connection_password_wo_version",
		"mongodb_password", "mongodb_password_wo", "mongodb_password_wo_version",
		"mongodb_connection_string", "mongodb_connection_string_wo", "mongodb_connection_string_wo_version",
		"gcp_spanner_credentials_json", "gcp_spanner_credentials_json_wo", "gcp_spanner_credentials_json_wo_version",
		"config_wo", "config_wo_version",
	}},
	{title: "What to capture", names: []string{
		"topic_prefix",
		"database_include_list", "database_exclude_list", "schema_include_list", "schema_exclude_list",
		"table_include_list", "table_exclude_list", "collection_include_list", "collection_exclude_list",
		"column_include_list", "column_exclude_list", "filters_match_mode",
		"capture_mode", "capture_scope", "capture_target",
		"gcp_spanner_value_capture_mode", "gcp_spanner_start_time", "gcp_spanner_end_time",
		"lob_enabled",
	}},
	{title: "What to write", names: []string{
		"topics", "topics_regex", "collection_name_format", "collection_naming_strategy", "column_naming_strategy",
		"insert_mode", "primary_key_mode", "primary_key_fields", "delete_enabled", "truncate_enabled",
		"field_include_list", "field_exclude_list", "schema_evolution", "quote_identifiers", "use_time_zone",
		"batch_size", "flush_max_retries",
	}},
	{title: "Snapshot", names: []string{"snapshot_mode", "snapshot_locking_mode", "snapshot_isolation_mode"}},
	{title: "Replication", text: "What the database keeps, or is told, of this connector alone: see [What depends on a name](../guides/names.md).", names: []string{
		"plugin_name", "slot_name", "slot_drop_on_stop", "publication_name", "publication_autocreate_mode",
		"database_server_id", "log_mining_strategy", "log_mining_query_filter_mode",
		"data_query_mode", "cdc_control_schema", "cdc_change_tables_schema", "cdc_timeout",
		"vitess_vgtid", "vitess_stop_on_reshard", "vitess_offset_storage_per_task",
	}},
	{title: "Schema history", names: []string{
		"schema_history_internal_kafka_bootstrap_servers", "schema_history_internal_kafka_topic",
		"schema_history_internal_store_only_captured_tables_ddl", "include_schema_changes",
	}},
	{title: "Records", names: []string{
		"key_converter", "value_converter", "message_key_columns", "schema_name_adjustment_mode",
		"binary_handling_mode", "decimal_handling_mode", "time_precision_mode", "bigint_unsigned_handling_mode", "tombstones_on_delete",
	}},
	{title: "Heartbeats and signals", names: []string{
		"heartbeat_interval_ms", "heartbeat_action_query", "signal_data_collection", "signal_enabled_channels",
	}},
	{title: "Tasks, batches and errors", names: []string{
		"tasks_max", "tasks_min", "tasks_desired_partitions", "max_batch_size", "max_queue_size",
		"errors_max_retries", "errors_tolerance", "errors_deadletterqueue_topic_name", "connector_plugin_version",
	}},
	{title: "All other properties", names: []string{"config"}},
	{title: "What the provider does", names: []string{
		"state", "wait_for_state", "restart_failed", "restart_triggers", "initial_offsets", "reset_offsets_on_destroy", "timeouts",
	}},
	{title: "Read-only", names: []string{"status", "version"}},
}
