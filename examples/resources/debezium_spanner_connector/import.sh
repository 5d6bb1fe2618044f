# The ID is the connector's name on the cluster.
terraform import debezium_spanner_connector.orders orders
