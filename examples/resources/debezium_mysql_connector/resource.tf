variable "database_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "debezium_mysql_connector" "inventory" {
  name = "inventory"

  database_hostname            = "mysql.internal"
  database_user                = "debezium"
  database_password_wo         = var.database_password
  database_password_wo_version = 1

  topic_prefix          = "inventory"
  database_include_list = ["inventory"]
  table_include_list    = ["inventory.products", "inventory.customers"]

  # The history topic and the server id are derived from the connector's name.
  schema_history_internal_kafka_bootstrap_servers = "kafka-1.internal:9092,kafka-2.internal:9092"

  snapshot_mode         = "initial"
  decimal_handling_mode = "string"
}
