# The ID is the connector's name on the cluster.
terraform import debezium_mongodb_connector.catalog catalog
