/** Writing: one outcome for each event, whatever Elasticsearch answers. */
@NullMarked
package com.astrobookings.logs.elastic.write;

import org.jspecify.annotations.NullMarked;
