# Asks a worker what it thinks of a configuration. Nothing is created.
data "debezium_config_validation" "orders" {
  kind = "postgres"

  config = {
    "topic.prefix"      = "orders"
    "database.hostname" = "db.internal"
    "database.user"     = "debezium"
    "database.password" = "$${env:ORDERS_PASSWORD}" # resolved by the worker
    "database.dbname"   = "orders"
    "plugin.name"       = "pgoutput"

    # How long the worker may try to reach the database.
    "connection.validation.timeout.ms" = "5000"
  }
}

check "orders_is_valid" {
  assert {
    condition     = data.debezium_config_validation.orders.valid
    error_message = jsonencode(data.debezium_config_validation.orders.errors)
  }
}
