/** The aggregations of statistics: how they are asked for, and how their answers are read. Pure. */
@NullMarked
package com.astrobookings.logs.elastic.aggregation;

import org.jspecify.annotations.NullMarked;
