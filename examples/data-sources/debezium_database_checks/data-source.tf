variable "orders_password" {
  type      = string
  sensitive = true
}

# Asks the database itself, from this machine. Nothing is written. Within a
# check, a database that can't be reached is a warning.
check "orders_is_ready" {
  data "debezium_database_checks" "orders" {
    kind = "postgres"

    config = {
      "database.hostname"           = "db.internal"
      "database.user"               = "debezium"
      "database.password"           = var.orders_password
      "database.dbname"             = "orders"
      "plugin.name"                 = "pgoutput"
      "slot.name"                   = "orders"
      "publication.name"            = "orders"
      "publication.autocreate.mode" = "disabled"
      "table.include.list"          = "public.orders,public.order_lines"
    }
  }

  assert {
    condition     = data.debezium_database_checks.orders.ready != false
    error_message = join("\n\n", [for f in data.debezium_database_checks.orders.findings : "${f.summary}\n${f.remedy}"])
  }
}
