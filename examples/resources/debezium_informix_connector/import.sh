# The ID is the connector's name on the cluster.
terraform import debezium_informix_connector.stock stock
