# The ID is the connector's name on the cluster.
terraform import debezium_db2_connector.ledger ledger
