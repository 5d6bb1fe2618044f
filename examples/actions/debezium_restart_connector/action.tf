# terraform apply -invoke=action.debezium_restart_connector.orders
action "debezium_restart_connector" "orders" {
  config {
    name        = "orders"
    only_failed = true
  }
}
