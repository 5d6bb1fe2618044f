resource "debezium_vitess_connector" "commerce" {
  name = "commerce"

  database_hostname = "vtgate.internal"
  database_port     = 15991
  vitess_keyspace   = "commerce"

  # Reads from replicas, to spare the primary tablets.
  vitess_tablet_type = "REPLICA"

  topic_prefix       = "commerce"
  table_include_list = ["commerce.orders"]
}
