# The ID is the connector's name on the cluster.
terraform import debezium_mysql_connector.inventory inventory
