package design

const microservicesDoc = `- Every service is its own unit. Units of one service stay; others dissolve, and what they said of runtime, ground and availability goes to those of their services that say nothing themselves. Replicas, isolation and price of a dissolved unit go with it. What stood on it stands on its services.
- Calls within one unit become calls by contract (` + "`knows: contract`" + `).
- A store with several users is split. The first service that writes keeps it, every other that writes gets a copy, ` + "`SERVICE-store`" + `, owned by its owner; services that only read call the first writer, by contract, as hard or soft as they used the store. When nobody writes, the first user keeps the store and the others call it.
`

// microservices makes one deployment of every service.
func microservices(e *edit) {
	e.separate(nil)
	e.splitStores(nil, "")
}
