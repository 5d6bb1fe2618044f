# The ID is the connector's name on the cluster.
terraform import debezium_jdbc_sink_connector.reporting reporting
