data "debezium_connector_topics" "orders" {
  name = "orders"
}

output "orders_topics" {
  value = data.debezium_connector_topics.orders.topics
}
