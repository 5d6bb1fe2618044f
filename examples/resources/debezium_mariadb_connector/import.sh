# The ID is the connector's name on the cluster.
terraform import debezium_mariadb_connector.billing billing
