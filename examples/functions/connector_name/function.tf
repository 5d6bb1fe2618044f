# "acme_corp_production_db_connector"
output "name" {
  value = provider::debezium::connector_name("Acme Corp", "Production DB")
}
