variable "database_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "debezium_informix_connector" "stock" {
  name = "stock"

  database_hostname            = "informix.internal"
  database_port                = 9088
  database_user                = "informix"
  database_password_wo         = var.database_password
  database_password_wo_version = 1
  database_dbname              = "stock"

  topic_prefix       = "stock"
  table_include_list = ["stock.informix.items"]

  schema_history_internal_kafka_bootstrap_servers = "kafka.internal:9092"
}
