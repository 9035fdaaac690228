package metric

import "slices"

// List is every metric, in the order of every report.
func List() []Metric {
	return slices.Concat(systemMetrics(), serviceMetrics(), teamMetrics(), journeyMetrics())
}

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

func teamMetrics() []Metric {
	return []Metric{teamServices(), members(), teamCrossTeamShare(), servicesPerMember()}
}

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
