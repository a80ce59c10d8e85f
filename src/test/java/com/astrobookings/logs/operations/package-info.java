/** The service as whoever runs it sees it: a process with probes, metrics and lines. */
package com.astrobookings.logs.operations;
