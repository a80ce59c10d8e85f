/** Single values: how they are spelled, bounded and compared, whatever member they belong to. */
@NullMarked
package com.astrobookings.logs.event.value;

import org.jspecify.annotations.NullMarked;
