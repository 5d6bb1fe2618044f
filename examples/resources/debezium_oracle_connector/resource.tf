variable "database_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "debezium_oracle_connector" "erp" {
  name = "erp"

  database_hostname            = "oracle.internal"
  database_port                = 1521
  database_user                = "c##dbzuser"
  database_password_wo         = var.database_password
  database_password_wo_version = 1
  database_dbname              = "ORCLCDB"
  database_pdb_name            = "ORCLPDB1"

  topic_prefix       = "erp"
  table_include_list = ["ERP.INVOICES", "ERP.INVOICE_ITEMS"]

  log_mining_strategy          = "online_catalog"
  log_mining_query_filter_mode = "in"

  schema_history_internal_kafka_bootstrap_servers        = "kafka.internal:9092"
  schema_history_internal_store_only_captured_tables_ddl = true
}
