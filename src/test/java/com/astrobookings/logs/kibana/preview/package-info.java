/** Pictures of the dashboards for the documentation, written on request. */
@NullMarked
package com.astrobookings.logs.kibana.preview;

import org.jspecify.annotations.NullMarked;
