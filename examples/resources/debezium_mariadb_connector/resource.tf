variable "database_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "debezium_mariadb_connector" "billing" {
  name = "billing"

  database_hostname            = "mariadb.internal"
  database_port                = 3306
  database_user                = "debezium"
  database_password_wo         = var.database_password
  database_password_wo_version = 1
  database_server_id           = 184054
  database_ssl_mode            = "verify-full"

  topic_prefix          = "billing"
  database_include_list = ["billing"]

  schema_history_internal_kafka_bootstrap_servers = "kafka.internal:9092"
  schema_history_internal_kafka_topic             = "schema-changes.billing"
}
