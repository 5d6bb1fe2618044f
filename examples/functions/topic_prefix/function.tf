# "acme_corp_production_db"
output "prefix" {
  value = provider::debezium::topic_prefix("Acme Corp", "Production DB")
}
