# A new snapshot: without offsets the connector begins anew.
# terraform apply -invoke=action.debezium_reset_offsets.orders
action "debezium_reset_offsets" "orders" {
  config {
    name = "orders"
  }
}

# Back to a position.
action "debezium_reset_offsets" "orders_at" {
  config {
    name = "orders"
    offsets = jsonencode({
      offsets = [{
        partition = { server = "orders" }
        offset    = { lsn = 26622728 }
      }]
    })
  }
}
