# The ID is the connector's name on the cluster.
terraform import debezium_ibmi_connector.warehouse warehouse
