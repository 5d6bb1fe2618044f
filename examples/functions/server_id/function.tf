# The id that the connector uses, for a list of all clients of the MySQL server.
output "orders_server_id" {
  value = provider::debezium::server_id("orders")
}
