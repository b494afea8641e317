declare namespace App {
  interface Locals {
    /** The chapter that is being rendered; absent on other pages. */
    reading?: import('./site/reading.ts').Reading;
  }
}
