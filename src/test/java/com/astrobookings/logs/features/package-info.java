/** The scenarios of {@code src/test/resources/features}, executed. */
package com.astrobookings.logs.features;
