output "connectors" {
  description = "The connectors by their databases' IDs."
  value = {
    for id, c in merge(debezium_mysql_connector.this, debezium_mariadb_connector.this, debezium_postgres_connector.this) :
    id => { name = c.name, topic_prefix = c.topic_prefix, status = c.status }
  }
}
