variable "database_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "debezium_sqlserver_connector" "crm" {
  name = "crm"

  database_hostname            = "sqlserver.internal"
  database_user                = "debezium"
  database_password_wo         = var.database_password
  database_password_wo_version = 1
  database_names               = ["CRM", "CRM_ARCHIVE"]
  database_encrypt             = "true"

  topic_prefix       = "crm"
  table_include_list = ["dbo.Customers", "dbo.Contacts"]

  # The databases are shared out among the tasks.
  tasks_max = 2

  # Readers don't block writers; the databases must allow snapshot isolation.
  snapshot_isolation_mode = "snapshot"

  schema_history_internal_kafka_bootstrap_servers = "kafka.internal:9092"
}
