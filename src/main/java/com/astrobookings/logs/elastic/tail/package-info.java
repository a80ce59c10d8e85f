/**
 * The live tail by sequence numbers: Elasticsearch gives each document of a shard the next one, and
 * what lies at or below the global checkpoint of a shard is the same on all of its copies for ever.
 */
@NullMarked
package com.astrobookings.logs.elastic.tail;

import org.jspecify.annotations.NullMarked;
