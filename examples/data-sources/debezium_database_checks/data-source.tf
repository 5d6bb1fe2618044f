variable "orders_password" {
  type      = string
  sensitive = true
}

# Asks the database itself, from this machine. Nothing is written.
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

check "orders_is_ready" {
  assert {
    condition     = data.debezium_database_checks.orders.ready != false
    error_message = join("\n\n", [for f in data.debezium_database_checks.orders.findings : "${f.summary}\n${f.remedy}"])
  }
}

output "captured_tables" {
  value = { for t in data.debezium_database_checks.orders.tables : t.name => t.primary_key }
}
