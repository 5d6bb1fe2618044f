# The ID is the connector's name on the cluster.
terraform import debezium_postgres_connector.orders orders
