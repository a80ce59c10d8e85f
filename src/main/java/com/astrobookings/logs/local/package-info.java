/**
 * Runs an Elasticsearch node as a child process if no Elasticsearch is configured. The other
 * packages use it as any other, through {@code ElasticsearchConnectionDetails}.
 */
@NullMarked
package com.astrobookings.logs.local;

import org.jspecify.annotations.NullMarked;
