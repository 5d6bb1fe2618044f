variable "mongodb_connection_string" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "debezium_mongodb_sink_connector" "search" {
  name = "search"

  topics = ["shop.public.products"]

  # The string carries the password.
  mongodb_connection_string_wo         = var.mongodb_connection_string
  mongodb_connection_string_wo_version = 1
  sink_database                        = "search"
}
