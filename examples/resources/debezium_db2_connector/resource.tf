variable "database_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "debezium_db2_connector" "ledger" {
  name = "ledger"

  database_hostname            = "db2.internal"
  database_port                = 50000
  database_user                = "db2inst1"
  database_password_wo         = var.database_password
  database_password_wo_version = 1
  database_dbname              = "LEDGER"

  topic_prefix       = "ledger"
  table_include_list = ["DB2INST1.ACCOUNTS", "DB2INST1.ENTRIES"]

  schema_history_internal_kafka_bootstrap_servers = "kafka.internal:9092"
}
