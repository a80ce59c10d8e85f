/**
 * Measures the service beside Elasticsearch spoken to directly, a plain service in the same
 * framework and a handler without a store. All sides use one node, take turns on one machine and
 * acknowledge nothing that is not on disk. Run by {@code ./mvnw verify -Pbenchmark}; no figure is
 * asserted.
 */
package com.astrobookings.logs.benchmark;
