/** How fast the service is, compared with Elasticsearch itself in the same run. */
package com.astrobookings.logs.benchmark;
