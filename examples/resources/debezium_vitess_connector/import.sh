# The ID is the connector's name on the cluster.
terraform import debezium_vitess_connector.commerce commerce
