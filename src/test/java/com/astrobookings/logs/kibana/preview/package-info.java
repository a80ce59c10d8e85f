/** A picture of a dashboard, drawn from its file and from what Elasticsearch answers. */
@NullMarked
package com.astrobookings.logs.kibana.preview;

import org.jspecify.annotations.NullMarked;
