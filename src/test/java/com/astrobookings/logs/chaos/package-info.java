/**
 * Ends, freezes and cuts off the service and its Elasticsearch under load, and compares what
 * producers were answered with what is stored.
 */
package com.astrobookings.logs.chaos;
