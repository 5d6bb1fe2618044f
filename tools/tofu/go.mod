module github.com/cdc/terraform-provider-debezium/tools/tofu

go 1.26.6
