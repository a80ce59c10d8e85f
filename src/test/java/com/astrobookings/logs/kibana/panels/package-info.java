/** What the panels of the dashboards show, run on Elasticsearch and compared with what is true. */
@NullMarked
package com.astrobookings.logs.kibana.panels;

import org.jspecify.annotations.NullMarked;
