resource "debezium_postgres_connector" "invoices" {
  name = "invoices"

  database_hostname  = "postgres.internal"
  database_user      = "debezium"
  database_dbname    = "shop"
  topic_prefix       = "invoices"
  table_include_list = ["public.invoices"]
  slot_name          = "orders"

  config = {
    "snapshot.fetch.sizes" = "5000"
  }
}
