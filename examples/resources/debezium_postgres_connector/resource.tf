variable "database_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "debezium_postgres_connector" "orders" {
  name = "orders"

  database_hostname            = "postgres.internal"
  database_user                = "debezium"
  database_password_wo         = var.database_password
  database_password_wo_version = 1
  database_dbname              = "shop"

  topic_prefix       = "shop"
  table_include_list = ["public.orders", "public.order_lines"]

  # The connector keeps a publication of these tables alone. Its slot and
  # publication are named after the connector.
  publication_autocreate_mode = "filtered"

  # Lets the slot advance while the captured tables are idle.
  heartbeat_interval_ms = 10000

  # Properties without an attribute, by their Debezium names.
  config = {
    "transforms"             = "unwrap"
    "transforms.unwrap.type" = "io.debezium.transforms.ExtractNewRecordState"
  }
}
