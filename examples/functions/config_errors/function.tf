locals {
  orders = {
    "topic.prefix"      = "orders"
    "database.hostname" = "db.internal"
    "database.user"     = "debezium"
    "database.password" = "$${file:/secrets/orders.properties:password}"
    "database.dbname"   = "orders"
    "slot.name"         = "orders"
    "plugin.name"       = "pgoutput"
  }
}

check "orders_has_no_errors" {
  assert {
    condition     = length(provider::debezium::config_errors("postgres", "3.5", local.orders)) == 0
    error_message = join("\n", provider::debezium::config_errors("postgres", "3.5", local.orders))
  }
}
