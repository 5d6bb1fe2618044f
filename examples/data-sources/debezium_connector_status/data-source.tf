data "debezium_connector_status" "orders" {
  name = "orders"
}

# What the failed tasks say, and what to do about it.
output "orders_failures" {
  value = [for task in data.debezium_connector_status.orders.tasks :
    { task = task.id, remedy = task.remedy, trace = task.trace } if task.state == "FAILED"
  ]
}

check "orders_capture_changes" {
  assert {
    condition     = data.debezium_connector_status.orders.healthy
    error_message = "The connector orders is ${data.debezium_connector_status.orders.status}."
  }
}
