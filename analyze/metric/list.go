package metric

import "slices"

// List is every metric, in the order of every report.
func List() []Metric {
	return slices.Concat(systemMetrics(), serviceMetrics(), teamMetrics(), journeyMetrics())
}

// systemMetrics go from size over structure, data, messages and teams to failure,
// scaling and cost.
func systemMetrics() []Metric {
	return []Metric{
		countServices(),
		dependencies(),
		tightness(),
		propagationCost(),
		nccd(),
		scf(),
		adcs(),
		siy(),
		giniAfferent(),
		giniEfferent(),
		cycles(),
		largestCycle(),
		callDepth(),
		dataSharing(),
		databasePerService(),
		brokerShare(),
		asynchronousShare(),
		independentDeployability(),
		crossTeamShare(),
		teamCongruence(),
		modularity(),
		blastRadiusMax(),
		blastRadiusMean(),
		blastRadiusExpected(),
		singlePointsOfFailure(),
		scalingUnits(),
		surgeShareMax(),
		scalingWaste(),
		replicasAtPeak(),
		costProvisioned(),
		costUsed(),
	}
}

// serviceMetrics go from calls over paths to failure and load.
func serviceMetrics() []Metric {
	return []Metric{
		afferent(),
		efferent(),
		serviceCoupling(),
		instability(),
		serviceCallDepth(),
		visibilityIn(),
		visibilityOut(),
		sharedStores(),
		serviceTightness(),
		blastRadius(),
		exposure(),
		serviceAvailability(),
		load(),
		utilisation(),
		serviceReplicasAtPeak(),
		attempts(),
		role(),
	}
}

// teamMetrics are few: people are not measured here, only what they must carry.
func teamMetrics() []Metric {
	return []Metric{teamServices(), members(), teamCrossTeamShare(), servicesPerMember()}
}

// journeyMetrics are all about the time in which a journey works.
func journeyMetrics() []Metric {
	return []Metric{
		journeyAvailability(),
		fullAvailability(),
		naiveAvailability(),
		minutesDown(),
		journeySinglePoints(),
		objectiveMargin(),
	}
}
