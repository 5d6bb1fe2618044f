# The ID is the connector's name on the cluster.
terraform import debezium_sqlserver_connector.crm crm
