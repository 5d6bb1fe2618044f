# The ID is the connector's name on the cluster.
terraform import debezium_oracle_connector.erp erp
