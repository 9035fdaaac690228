package importer

import "strings"

// product is a store or a broker that everybody runs from an image: what its
// images are called, and what it is in the language. To teach the importer a
// new one, add a row.
type product struct {
	images  string // last part of the image's name, or the last two; by blanks
	store   string // kind of store, empty for a broker
	channel string // kind of channel, empty for a store
	label   string // what it is called
}

// products is asked from top to bottom.
func products() []product {
	return []product{
		{"postgres postgresql postgis timescaledb timescaledb-ha pgvector cockroach yugabyte", "relational", "", "PostgreSQL"},
		{"mysql mysql-server mariadb percona percona-server tidb", "relational", "", "MySQL"},
		{"mssql/server mssql-server azure-sql-edge sqlserver", "relational", "", "SQL Server"},
		{"oracle-xe oracle-free database/free database/express db2", "relational", "", "Oracle or Db2"},
		{"mongo mongodb mongodb-community-server percona-server-mongodb ferretdb", "document", "", "MongoDB"},
		{"couchdb couchbase ravendb arangodb rethinkdb", "document", "", "document store"},
		{"redis redismod redis-stack redis-stack-server valkey keydb dragonfly", "key-value", "", "Redis"},
		{"memcached", "cache", "", "Memcached"},
		{"etcd dynamodb-local", "key-value", "", "key-value store"},
		{"cassandra scylla hbase", "wide-column", "", "Cassandra"},
		{"elasticsearch opensearch solr meilisearch typesense", "search", "", "search index"},
		{"neo4j memgraph dgraph", "graph", "", "graph store"},
		{"influxdb victoria-metrics questdb", "time-series", "", "time series"},
		{"clickhouse clickhouse-server", "relational", "", "ClickHouse"},
		{"qdrant weaviate milvus chroma", "search", "", "vector index"},
		{"minio azurite seaweedfs", "object", "", "object store"},

		{"rabbitmq activemq activemq-classic activemq-artemis artemis elasticmq beanstalkd nsqd", "", "queue", "message broker"},
		{"kafka cp-kafka cp-server kafka-native redpanda pulsar pulsar-all", "", "stream", "event stream"},
		{"nats nats-streaming eclipse-mosquitto mosquitto emqx vernemq hivemq4 hivemq-ce", "", "topic", "publish and subscribe"},
	}
}

// catalogue is the products by image name.
type catalogue map[string]product

// newCatalogue turns the table around.
func newCatalogue() catalogue {
	c := catalogue{}
	for _, p := range products() {
		for _, name := range strings.Fields(p.images) {
			c[name] = p
		}
	}
	return c
}

// recognise finds the product of an image. Where the image tells nothing (it
// is built here, or somebody's own), a service that is named just like a product
// is taken for one.
func (c catalogue) recognise(image, service string) (p product, by string, ok bool) {
	last, lastTwo := imageName(image)
	for _, name := range []string{lastTwo, last} {
		if p, ok := c[name]; ok {
			return p, "image", true
		}
	}
	if p, ok := c[strings.ToLower(service)]; ok {
		return p, "name", true
	}
	return product{}, "", false
}

// imageName gives the last part of an image reference and the last two, without
// registry, tag and digest.
func imageName(image string) (last, lastTwo string) {
	image, _, _ = strings.Cut(strings.ToLower(image), "@")
	parts := strings.Split(image, "/")
	last, _, _ = strings.Cut(parts[len(parts)-1], ":")
	if len(parts) > 1 {
		lastTwo = parts[len(parts)-2] + "/" + last
	}
	return last, lastTwo
}
