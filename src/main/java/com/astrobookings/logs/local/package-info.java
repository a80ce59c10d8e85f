/**
 * A genuine Elasticsearch node as a watched child process, for when no server is configured. The
 * rest of the service cannot tell it from any other.
 */
@NullMarked
package com.astrobookings.logs.local;

import org.jspecify.annotations.NullMarked;
