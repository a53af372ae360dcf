/**
 * A version of copy-on-write pages, known by its identity: pages at one place with one version hold the same. Each
 * snapshot begins a version, and only pages of the latest one may be written.
 */
export class PageVersion {
  declare private readonly isPageVersion: true;
}
