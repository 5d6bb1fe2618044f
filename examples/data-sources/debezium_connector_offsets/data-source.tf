data "debezium_connector_offsets" "orders" {
  name = "orders"
}

# The position in PostgreSQL's log, as a decimal number.
output "orders_lsn" {
  value = [for o in jsondecode(data.debezium_connector_offsets.orders.offsets).offsets : o.offset.lsn]
}
